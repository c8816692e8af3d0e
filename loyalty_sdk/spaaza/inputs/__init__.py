"""What calls take: keyword arguments and dictionaries with the vendor's own names.

A field that a form does not have is refused before anything is sent.
"""
