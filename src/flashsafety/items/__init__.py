"""What the logs of many learners tell about the cards."""
