"""The inbox of a team: its tasks, who sees them, and the sweep that tells a lead."""
