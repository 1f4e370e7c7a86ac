"""What a learner does: the use-cases between the front ends and the store."""
