"""What changed between two descriptions, what breaks whom, and why."""
