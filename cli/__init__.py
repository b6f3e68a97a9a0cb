"""The kaohe command: reads the arguments, calls the product and prints."""
