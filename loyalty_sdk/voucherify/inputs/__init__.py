"""What calls take: plain dictionaries with the vendor's own names, so that editors complete them.

Keyword arguments of a call are the fields of such a form, too. A field that it does not have is
refused before anything is sent; `metadata` takes whatever JSON can say.
"""
