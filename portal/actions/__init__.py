"""What people do here, without Flask: called by the pages, the command line and the worker alike."""
