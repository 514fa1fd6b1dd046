"""What the tasks of this lesson share."""
