"""The document inbox of a child's GP practice: what is sent there by MESH, and what comes back."""
