from typing import Any

from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    extend_schema,
    extend_schema_view,
)
from rest_framework.viewsets import ModelViewSet

from platform_kit.auth import TokenOnceConfigured

from .models import Item
from .serializers import ItemSerializer

ITEM_ID = OpenApiParameter(
    "item_id", OpenApiTypes.UUID, OpenApiParameter.PATH, description="Which item."
)
LOCATION = OpenApiParameter(
    "Location",
    OpenApiTypes.URI_REF,
    OpenApiParameter.HEADER,
    description="Address of the new item.",
    response=[201],
)
EXAMPLE = OpenApiExample(
    "item",
    {"name": "First item", "note": "Made by hand"},
    summary="An item with a note",
    request_only=True,
)


@extend_schema(tags=["Items"])
@extend_schema_view(
    list=extend_schema(
        operation_id="listItems",
        summary="List items",
        description="Items, newest first.",
    ),
    create=extend_schema(
        operation_id="createItem",
        summary="Create an item",
        description="Keeps a new item and says where it is.",
        parameters=[LOCATION],
        request={"application/json": ItemSerializer},
        examples=[EXAMPLE],
    ),
    retrieve=extend_schema(
        operation_id="getItem",
        summary="Get an item",
        description="One item, as it is now.",
        parameters=[ITEM_ID],
    ),
    partial_update=extend_schema(
        operation_id="updateItem",
        summary="Change an item",
        description="Changes what the body names and leaves the rest (RFC 7396).",
        parameters=[ITEM_ID],
    ),
    destroy=extend_schema(
        operation_id="deleteItem",
        summary="Delete an item",
        description="Forgets the item for good.",
        parameters=[ITEM_ID],
    ),
)
class ItemViewSet(ModelViewSet):
    queryset = Item.objects.all()
    serializer_class = ItemSerializer
    # Open until there are tokens, so that a new service can be tried at once. Without this line
    # the view would be closed, as every view is by default.
    permission_classes = [TokenOnceConfigured]
    http_method_names = ["get", "post", "patch", "delete", "head", "options"]
    lookup_url_kwarg = "item_id"
    lookup_value_converter = "uuid"

    def get_success_headers(self, data: dict[str, Any]) -> dict[str, str]:
        return {"Location": reverse("item-detail", kwargs={"item_id": data["id"]})}
