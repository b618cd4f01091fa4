"""What a writer needs: records to rows and back, what the store knows already, upgrades."""
