"""What would let somebody draw a zone that nobody has drawn, in Chinese and English."""

from __future__ import annotations

__all__ = ["ANY", "NEEDED"]

ANY = ("划定范围的文件和附图", "the document that delimits it, with its map")
NEEDED = {
    "facility_surfaces": ("主管部门的名单", "the authority's list"),
    "freight_nodes": ("主管部门的站点名单", "the authority's list of sites"),
    "fringe": ("主管部门的认定；没有统一的界线", "the authority's word; there is no common line"),
    "industrial_cluster": ("集聚区、开发区规划的四至", "the boundary in the plan of the cluster"),
    "management_area": ("主管部门的划分方案", "the authority's plan of division"),
    "park": ("园区规划的四至", "the boundary in the plan of the park"),
    "planning_area": ("城市总体规划的范围图", "the map of the city's master plan"),
    "police_area": ("公安分局的辖区图", "the map of police districts"),
    "premises": ("主管部门的名单", "the authority's list"),
    "region": ("主管部门的认定或范围图", "the authority's word or map"),
    "road_class": ("标有道路等级的路网", "a road network with classes of roads"),
    "road_corridor": ("路网，以及沿线宽度的规定", "a road network, and how wide the strip is"),
    "status_area": ("主管部门当期的名单", "the authority's list of the time"),
    "township": ("乡镇、街道的界线", "boundaries of townships and sub-districts"),
    "urban_area": ("建成区、城区的范围图", "a map of the built-up or urban area"),
    "urban_village": ("城中村改造的范围图", "maps of the villages to be rebuilt"),
    "utility_coverage": ("供热、燃气单位的管网图", "the network map of the heat or gas company"),
    "village": ("村界，或驻地和大致半径", "village boundaries, or a seat and a rough radius"),
}
"""Of zones that nobody has drawn, by kind: what would let somebody draw them."""
