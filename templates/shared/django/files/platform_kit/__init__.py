"""What every service needs and none should invent: health, problems, request ids, logs, paging.

It knows nothing of this service. Improve it in the template, so that every service gains.
"""
