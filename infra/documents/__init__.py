"""Documents for printing: circulars in Word and PDF, made of one plain document."""
