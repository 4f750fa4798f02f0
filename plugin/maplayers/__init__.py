"""LAYERS ON THE MAP: the group of zones, lines and sources in the layer tree; where is it banned?"""
