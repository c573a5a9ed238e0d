"""A child's death: said by one person, confirmed by a second one, and all that it ends and holds back."""
