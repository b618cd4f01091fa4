"""What the server does around the app: headers, compression, who may reach it."""
