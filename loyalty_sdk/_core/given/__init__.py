"""What callers give: checked, and put into the form that goes out."""
