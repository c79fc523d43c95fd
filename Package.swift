// swift-tools-version: 6.2
import PackageDescription

/// Every room is compiled with every setting that finds mistakes.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .unsafeFlags(["-static-executable"], .when(platforms: [.linux], configuration: .release)),
]

/// The rooms of the executable: without regular expressions, which would be a tenth of it.
///
/// In a release build functions of one room become part of another, and references are counted as
/// they may be in a program of one thread: there is no other. Types are found by calls and not by
/// reading their mangled names, which was 30 % of the instructions of a start. Each function has a
/// section of its own, so that the linker leaves out those that nobody calls: 4 % of the executable.
let shipped =
  strict + [
    .unsafeFlags(["-Xfrontend", "-disable-implicit-string-processing-module-import"]),
    .unsafeFlags(
      [
        "-cross-module-optimization", "-Xfrontend", "-assume-single-threaded",
        "-Xfrontend", "-disable-concrete-type-metadata-mangled-name-accessors",
        "-Xfrontend", "-function-sections",
      ],
      .when(configuration: .release)),
  ]

/// A release build links into one file that needs nothing else on the machine.
///
/// Functions that come out the same are there once. The standard library's table of the names of
/// characters is left out, 4 % of the executable: see `CharacterNames.c`.
let staticExecutable: [LinkerSetting] = [
  .unsafeFlags(
    [
      "-static-executable", "-Xlinker", "--icf=safe",
      "-Xlinker", "--wrap=_swift_stdlib_getScalarName",
      "-Xlinker", "--defsym=__wrap__swift_stdlib_getScalarName=permql_no_character_name",
    ],
    .when(platforms: [.linux], configuration: .release))
]

let package = Package(
  name: "permql",
  targets: [
    .target(name: "CSystem"),
    .target(
      name: "CEditLine",
      linkerSettings: ["edit", "tinfo", "bsd", "md"].map { .linkedLibrary($0) }),
    .target(name: "Diagnostics", swiftSettings: shipped),
    .target(name: "Permissions", dependencies: ["Diagnostics"], swiftSettings: shipped),
    .target(name: "Language", dependencies: ["Diagnostics"], swiftSettings: shipped),
    .target(
      name: "Storage", dependencies: ["CSystem", "Diagnostics", "Permissions"],
      swiftSettings: shipped),
    .target(
      name: "Evaluation", dependencies: ["Diagnostics", "Language", "Permissions", "Storage"],
      swiftSettings: shipped),
    .target(
      name: "Interchange",
      dependencies: ["Diagnostics", "Evaluation", "Language", "Permissions", "Storage"],
      swiftSettings: shipped),
    .target(
      name: "Console",
      dependencies: [
        "CEditLine", "CSystem", "Diagnostics", "Evaluation", "Interchange", "Language",
        "Permissions", "Storage",
      ],
      swiftSettings: shipped),
    .executableTarget(
      name: "permql", dependencies: ["Console"], exclude: ["permql.1"], swiftSettings: shipped,
      linkerSettings: staticExecutable),
    .executableTarget(
      name: "StorageBenchmarks", dependencies: ["Diagnostics", "Permissions", "Storage"],
      path: "Tests/Benchmarks/Storage", swiftSettings: strict,
      linkerSettings: staticExecutable),
    .testTarget(
      name: "DiagnosticsTests", dependencies: ["Diagnostics"], swiftSettings: strict),
    .testTarget(
      name: "PermissionsTests", dependencies: ["Permissions"], swiftSettings: strict),
    .testTarget(
      name: "LanguageTests", dependencies: ["Diagnostics", "Language"], swiftSettings: strict),
    .target(
      name: "CrashHarness", dependencies: ["Diagnostics", "Permissions", "Storage"],
      path: "Tests/Crashes/Harness", swiftSettings: strict),
    .executableTarget(
      name: "Crashes", dependencies: ["CrashHarness"], path: "Tests/Crashes/Program",
      swiftSettings: strict, linkerSettings: staticExecutable),
    .testTarget(
      name: "StorageTests",
      dependencies: ["CrashHarness", "Diagnostics", "Permissions", "Storage"],
      exclude: ["Golden"], swiftSettings: strict),
    .testTarget(
      name: "EvaluationTests",
      dependencies: ["Diagnostics", "Evaluation", "Language", "Permissions", "Storage"],
      swiftSettings: strict),
    .testTarget(
      name: "InterchangeTests",
      dependencies: [
        "CSystem", "Diagnostics", "Evaluation", "Interchange", "Language", "Permissions", "Storage",
      ],
      swiftSettings: strict),
    .testTarget(name: "SamplesTests", dependencies: ["permql"], swiftSettings: strict),
    .testTarget(name: "StyleTests", swiftSettings: strict),
    .testTarget(
      name: "ConsoleTests",
      dependencies: [
        "Console", "Diagnostics", "Evaluation", "Interchange", "Language", "Storage", "permql",
      ],
      swiftSettings: strict),
  ]
)

// Fuzz targets need libFuzzer's own `main`, so they are there only for `Tests/Fuzz/run.sh`.
if Context.environment["PERMQL_FUZZ"] != nil {
  let fuzzed = strict + [.unsafeFlags(["-parse-as-library"])]
  package.targets += [
    .executableTarget(
      name: "FuzzScripts", dependencies: ["Diagnostics", "Language"], path: "Tests/Fuzz/Scripts",
      swiftSettings: fuzzed),
    .executableTarget(
      name: "FuzzImports",
      dependencies: [
        "Diagnostics", "Evaluation", "Interchange", "Language", "Permissions", "Storage",
      ],
      path: "Tests/Fuzz/Imports", exclude: ["Corpus"], swiftSettings: fuzzed),
    .executableTarget(
      name: "FuzzStores",
      dependencies: ["CrashHarness", "Diagnostics", "Permissions", "Storage"],
      path: "Tests/Fuzz/Stores", exclude: ["Corpus"], swiftSettings: fuzzed),
  ]
}
