"""The office's lists (清单), each a projection of its own over what stood on a day."""
