"""What every vendor stands on. Private: import from `loyalty_sdk` or from a vendor's package."""
