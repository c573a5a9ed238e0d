"""Who is in the circle around a child: shared, decided, ended, and asked again."""
