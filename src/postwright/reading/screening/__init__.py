"""What a person must know before a posting is sent: secrets, patient data, hidden characters, orders to a model."""
