"""The trail of an appeal as people read it: the words, and the pages in HTML and Markdown."""
