"""The words of the page: {key: (Chinese, English)}."""

from __future__ import annotations

ROWS = {
    "ours": ("本项目", "ours"),
    "ours_one_shot": ("本项目，一次性（含建索引）", "ours, one shot (index built, too)"),
    "ours_wide": (
        "本项目，core + extent + 每点 10 米误差",
        "ours, core + extent + 10 m for every point",
    ),
    "ours_point": ("本项目，单点代码（只用标准库）", "ours, single-point code (standard library)"),
    "ours_index": ("本项目，网格索引问一个点", "ours, cell index asked for one point"),
    "geopandas": ("geopandas sjoin within", "geopandas sjoin within"),
    "geopandas_ready": (
        "geopandas sjoin within，点对象事先做好",
        "geopandas sjoin within, points made beforehand",
    ),
    "script": ("geopandas 脚本", "geopandas script"),
    "script_boundary": (
        "geopandas 脚本，加上误差和距离",
        "geopandas script, with accuracy and distance",
    ),
    "geopandas_sjoin": ("geopandas sjoin，一行", "geopandas sjoin of one row"),
    "loop": ("手写循环：外框 + contains_xy", "hand loop: box, then contains_xy"),
    "strtree": ("shapely STRtree", "shapely STRtree"),
    "strtree_of_zones": (
        "shapely STRtree（区域建树，问点）",
        "shapely STRtree (tree of zones, asked with points)",
    ),
    "prepared": ("外框 + 预处理的几何", "boxes, then prepared geometries"),
    "sindex": ("geopandas sindex.query", "geopandas sindex.query"),
    "duckdb": ("DuckDB spatial", "DuckDB spatial"),
    "sedonadb": ("SedonaDB", "SedonaDB"),
    "index": ("本项目网格索引，半径 0", "ours, cell index, radius 0"),
    "index_10m": ("本项目网格索引，半径 10 米", "ours, cell index, radius 10 m"),
    "locate": ("本项目 locate，半径 0，含距离", "ours, locate with distances, radius 0"),
    "locate_10m": ("本项目 locate，半径 10 米，含距离", "ours, locate with distances, radius 10 m"),
    "at": ("本项目整个 at（一项活动、一个事实）", "ours, whole at (an activity, a fact)"),
    "python": ("python -c pass", "python -c pass"),
    "import_zonerules": ("import zonerules", "import zonerules"),
    "import_geopandas": ("import geopandas", "import geopandas"),
    "load": ("读规则库（进程之内）", "loading the catalogue (inside a process)"),
    "build": ("建索引", "building the index"),
    "cached": ("读缓存的索引，含检查图形", "cached index, shapes checked"),
    "cached_file": ("其中读文件", "of it, the file"),
    "cells": ("其中查网格", "of ours, cell look-up"),
    "exact": ("其中边界格里的精确判断", "of ours, exact tests in cells with boundaries"),
    "segment_dwithin": ("STRtree（线段）dwithin", "STRtree of segments, dwithin"),
    "query_nearest": (
        "STRtree（线段）query_nearest，只给最近的",
        "STRtree of segments, query_nearest: the nearest only",
    ),
    "boundary_dwithin": ("STRtree（整条边界）dwithin", "STRtree of whole boundaries, dwithin"),
}

SECTIONS = {
    "a": ("(a) {zones} 个区域，{vertices:,} 个顶点", "(a) {zones} zones, {vertices:,} vertices"),
    "b": ("(b) {zones} 个区域，{vertices:,} 个顶点", "(b) {zones} zones, {vertices:,} vertices"),
    "c": ("(c) 一次一个点", "(c) One point at a time"),
    "d": (
        "(d) 整个进程，CSV 到 CSV",
        "(d) Whole processes, CSV to CSV",
    ),
    "e": ("(e) 冷启动到第一个回答", "(e) From a cold start to the first answer"),
    "f": ("(f) 内存峰值", "(f) Peak memory"),
    "g": ("(g) 随规模增长", "(g) Growth"),
    "h": ("(h) 圆：边界在几米之内", "(h) Discs: boundaries within some metres"),
}

HEADINGS = {
    "way": ("做法", "way"),
    "median": ("中位数", "median"),
    "cpu": ("CPU", "CPU"),
    "runs": ("次数", "runs"),
    "a_point": ("每点", "a point"),
    "p50": ("p50", "p50"),
    "p99": ("p99", "p99"),
    "ratio": ("是本项目的几倍", "times ours"),
    "bytes": ("每点字节", "bytes a point"),
    "peak": ("进程内存峰值", "peak of the process"),
    "equal": ("答案", "answers"),
    "target": ("目标", "target"),
    "wanted": ("要求", "wanted"),
    "found": ("达到", "achieved"),
    "met": ("结果", "result"),
    "points": ("{:,} 点", "{:,} points"),
    "rows": ("{:,} 行", "{:,} rows"),
    "radius": ("半径 {:g} 米，{:,} 点", "radius {:g} m, {:,} points"),
    "index": ("索引（文件 {:.1f} MB）", "The index (file {:.1f} MB)"),
    "growth": (
        "每点时间随点数、区域数、顶点数增长",
        "Time for a point against points, zones and vertices",
    ),
    "shipped": (
        "自带规则库，郑州周围随机的点",
        "Shipped catalogue, random points around Zhengzhou",
    ),
}

EQUAL = {
    "same": ("相同", "equal"),
    "boundary": ("相同；{boundary:,} 对在边界上，within 不算", "equal; {boundary:,} pairs lie on a "
                 "boundary, where within says no"),
    "rim": ("相同；{rim:,} 对在圆周上", "equal; {rim:,} pairs at the rim"),
    "sampled": ("{sampled} 个抽样点与单点代码相同", "{sampled} sampled points equal those of the "
                "single-point code"),
    "different": ("**不同**：缺 {missing}，多 {extra}", "**different**: {missing} missing, {extra} "
                  "too many"),
    "wrong": ("**不同**：{wrong} 行", "**different**: {wrong}"),
}  # fmt: skip

MET = {True: ("达到", "met"), False: ("**未达到**", "**missed**"), None: ("没有测", "not measured")}
