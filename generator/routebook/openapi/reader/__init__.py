"""OpenAPI in: the descriptors that a document of version 3.0, 3.1 or 3.2 stands for.

The inverse of the writers beside it. Fields that no descriptor models travel in `extra`, word for
word; what routebook wrote into `x-routebook` becomes what it was.
"""
