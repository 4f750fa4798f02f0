"""BANNED: what effect each zone has for one activity, as a whole map of zones."""
