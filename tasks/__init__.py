"""The tasks of the lessons: one folder a lesson, read by utils.check."""
