"""The pages of a ledger as a folder of files, drawn from the same templates as the server's: works from a stick."""
