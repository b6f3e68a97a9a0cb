"""What is stored of each event type, byte for byte, for as long as there are stored events."""
