"""What lies below a call: connections, their sockets, and what goes over them."""
