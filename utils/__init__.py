"""The course's own helpers: data, plotting and the checking of tasks; none imports a framework by itself."""
