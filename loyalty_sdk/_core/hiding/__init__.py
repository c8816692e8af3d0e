"""What nobody may see: secrets in texts, logs and tracebacks."""
