"""What calls take: plain dictionaries, so that editors complete them.

The names are the vendor's, written as Python writes names: `ad_id` for `adId`. A field that a form
does not have is refused before anything is sent.
"""
