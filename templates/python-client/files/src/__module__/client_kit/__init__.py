"""What every client of a service needs: deadlines, retries, a breaker, typed errors, pages, tokens.

Nothing in here knows which service it calls: an update of the template can replace it.
"""
