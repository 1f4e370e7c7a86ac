"""The learner's log in numbers: dataclasses only, for both front ends. Draws and prints nothing."""
