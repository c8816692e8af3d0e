"""Long answers as they arrive: bytes into rows, or into a file, in constant memory."""
