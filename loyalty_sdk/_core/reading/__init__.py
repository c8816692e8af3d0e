"""What vendors answer: bytes into models."""
