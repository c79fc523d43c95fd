import Console

#if canImport(Glibc)
  import Glibc
#endif

exit(Console.main())
