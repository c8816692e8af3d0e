"""Lists that come in pages, and the hands that fetch them ahead."""
