"""Bodies that REST framework does not know by itself."""

from rest_framework.parsers import JSONParser


class MergePatchParser(JSONParser):
    """JSON Merge Patch (RFC 7396): what is absent stays, which is what PATCH here does anyway."""

    media_type = "application/merge-patch+json"
