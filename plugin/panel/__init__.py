"""RULES HERE: the map tool, the panel with the question's form and its answer, marks on the map."""
