from rest_framework import serializers

from .models import Item


class ItemSerializer(serializers.ModelSerializer):
    """One of the things that this service keeps."""

    class Meta:
        model = Item
        fields = ["id", "name", "note", "created_at", "updated_at"]
        extra_kwargs = {"id": {"help_text": "Made by the service."}}
