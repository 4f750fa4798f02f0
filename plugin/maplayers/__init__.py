"""LAYERS ON THE MAP: zones, lines and sources in the layer tree; where is it banned?"""
