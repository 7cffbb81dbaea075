"""Matching paths: the patterns of one path template, and the table of many.

The router and the URL builder stand on it; it knows nothing of methods, queries or HTTP.
"""
