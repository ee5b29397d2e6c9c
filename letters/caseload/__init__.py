"""What a practice does with its cases: each story reads the register, and enters what happened."""
