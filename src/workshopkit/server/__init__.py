"""The door: what participants, wall and cockpit reach, and nothing else."""
