// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "trainspotter",
    products: [
        .executable(name: "trainspotter", targets: ["trainspotter"]),
        // For programs elsewhere that read or write specs. All else is `package`.
        .library(name: "Specs", targets: ["Specs"]),
        // For the tests alone, which load it into the program: only a product becomes a file of its own.
        .library(name: "faults", type: .dynamic, targets: ["CFaults"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
        .systemLibrary(name: "CNcurses", providers: [.apt(["libncurses-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CKernels", cSettings: [.unsafeFlags(["-O3", "-fno-math-errno"])]),
        .target(name: "Kernels", dependencies: ["CKernels", "COpenBLAS"]),
        .target(name: "CMemory"),
        .target(name: "Memory", dependencies: ["CMemory"]),
        .target(name: "Specs"),
        .target(name: "Networks", dependencies: ["Kernels", "Memory", "Specs"]),
        .target(name: "Compression", dependencies: ["CZlib"]),
        .target(name: "CImages", linkerSettings: [.linkedLibrary("png"), .linkedLibrary("turbojpeg")]),
        .target(name: "DataFormats", dependencies: ["CImages", "Compression", "Kernels", "Memory", "NumPyFiles"]),
        .target(name: "Datasets", dependencies: ["DataFormats", "Specs"], resources: [.copy("Resources/mnist")]),
        .target(
            name: "Training", dependencies: ["DataFormats", "Datasets", "Kernels", "Memory", "Networks", "Specs"]),
        // What a search tries next; nothing here trains or saves.
        .target(name: "Search", dependencies: ["Kernels", "Specs"]),
        .target(name: "NumPyFiles", dependencies: ["Compression", "Memory"]),
        .target(
            name: "WeightImports",
            dependencies: ["DataFormats", "Kernels", "Memory", "Networks", "NumPyFiles", "Specs"]),
        .target(name: "Interchange", dependencies: ["CZlib", "Compression"]),
        .target(name: "CStore", linkerSettings: [.linkedLibrary("sqlite3")]),
        .target(name: "CFiles"),
        .target(name: "Files", dependencies: ["CFiles"]),
        .target(name: "Reports", dependencies: ["DataFormats", "Datasets", "Kernels", "Specs", "Training"]),
        .target(
            name: "Runs",
            dependencies: [
                "CFiles", "CStore", "Compression", "DataFormats", "Datasets", "Files", "Kernels", "Memory", "Networks",
                "Reports", "Specs", "Training", .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .target(
            name: "Exports",
            dependencies: [
                "DataFormats", "Datasets", "Files", "Interchange", "Kernels", "Markup", "Networks", "NumPyFiles",
                "Reports", "Scales", "Specs", "Training",
            ]),
        .target(
            name: "RunExports",
            dependencies: ["Exports", "Networks", "Reports", "Runs", "Search", "Searching", "Specs", "Training"]),
        // A search's trials, side by side, into a store.
        .target(
            name: "Searching",
            dependencies: ["Datasets", "Reports", "Runs", "Scales", "Search", "Specs", "Training"]),
        // The trials of a search as jobs of Slurm.
        .target(
            name: "Cluster",
            dependencies: ["Datasets", "Files", "Runs", "Search", "Searching", "Specs", "Training"]),
        .target(name: "Configuration", dependencies: ["TOMLKit"]),
        .target(name: "Markup"),
        .target(name: "Scales"),
        .target(name: "TerminalUI", dependencies: ["Markup", "Scales"]),
        .target(name: "CTerminal"),
        .target(name: "CursesTerminal", dependencies: ["CNcurses", "CTerminal", "TerminalUI"]),
        .target(
            name: "Dashboard",
            dependencies: [
                "Configuration", "DataFormats", "Datasets", "Files", "Memory", "Networks", "Reports", "Runs", "Search",
                "Searching", "Specs", "TerminalUI", "Training",
            ]),
        .executableTarget(
            name: "trainspotter",
            dependencies: [
                "Cluster", "Configuration", "CursesTerminal", "Dashboard", "DataFormats", "Datasets", "Exports",
                "Files",
                "Kernels", "Memory", "Networks", "NumPyFiles", "Reports", "RunExports", "Runs", "Search", "Searching",
                "Specs", "TerminalUI", "Training", "WeightImports",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .target(
            name: "TestSupport",
            dependencies: ["CZlib", "DataFormats", "Datasets", "Interchange", "Kernels", "Training"],
            path: "Tests/TestSupport"
        ),
        .target(name: "CFaults", path: "Tests/CFaults"),
        // What `make soak` does for hours, and the tests for some seconds: see docs/reliability.md.
        .target(name: "SoakParts", dependencies: ["Memory", "TestSupport"], path: "Tests/SoakParts"),
        .executableTarget(name: "soak", dependencies: ["SoakParts", "TestSupport"], path: "Tests/Soak"),
        // What the fuzzer and the tests feed with anything at all: see docs/reliability.md.
        .target(
            name: "FuzzTargets",
            dependencies: [
                "Cluster", "Compression", "Configuration", "CursesTerminal", "Dashboard", "DataFormats", "Datasets",
                "Exports",
                "Kernels", "Networks", "NumPyFiles", "Runs", "Search", "Searching", "Specs", "TerminalUI",
                "TestSupport",
                "Training", "WeightImports", .product(name: "GRDB", package: "GRDB.swift"),
            ], path: "Tests/Fuzz/Targets"),
        .testTarget(name: "KernelsTests", dependencies: ["CKernels", "Kernels", "TestSupport"]),
        .testTarget(name: "MemoryTests", dependencies: ["Memory", "TestSupport"]),
        .testTarget(name: "SearchTests", dependencies: ["Kernels", "Search", "Specs"]),
        .testTarget(
            name: "SearchingTests",
            dependencies: ["Datasets", "Kernels", "Runs", "Search", "Searching", "Specs", "TestSupport", "Training"]),
        .testTarget(name: "ClusterTests", dependencies: ["Cluster", "Search", "Specs", "TestSupport"]),
        .testTarget(name: "SpecsTests", dependencies: ["Kernels", "Specs"]),
        .testTarget(
            name: "NetworksTests", dependencies: ["Kernels", "Memory", "Networks", "Specs", "TestSupport"],
            resources: [.copy("Fixtures")]),
        .testTarget(name: "DataFormatsTests", dependencies: ["DataFormats", "TestSupport"]),
        .testTarget(
            name: "DatasetsTests", dependencies: ["DataFormats", "Datasets", "NumPyFiles", "Specs", "TestSupport"],
            resources: [.copy("Fixtures")]),
        .testTarget(
            name: "TrainingTests",
            dependencies: ["DataFormats", "Datasets", "Kernels", "Networks", "Specs", "TestSupport", "Training"],
            resources: [.copy("Fixtures")]),
        .testTarget(
            name: "NumPyFilesTests", dependencies: ["CZlib", "NumPyFiles", "TestSupport"],
            resources: [.copy("Fixtures")]),
        .testTarget(
            name: "WeightImportsTests", dependencies: ["NumPyFiles", "TestSupport", "WeightImports"],
            resources: [.copy("Fixtures")]),
        .testTarget(name: "InterchangeTests", dependencies: ["Interchange", "TestSupport"]),
        .testTarget(name: "FuzzTargetsTests", dependencies: ["DataFormats", "FuzzTargets"]),
        .testTarget(name: "FilesTests", dependencies: ["Files", "TestSupport"]),
        .testTarget(name: "ReportsTests", dependencies: ["Datasets", "Reports", "Specs", "Training"]),
        .testTarget(
            name: "RunsTests",
            dependencies: [
                "DataFormats", "Datasets", "Exports", "Kernels", "Memory", "Networks", "NumPyFiles", "Reports",
                "RunExports", "Runs", "Specs", "TestSupport", "Training", .product(name: "GRDB", package: "GRDB.swift"),
            ], resources: [.copy("Fixtures")]),
        .testTarget(
            name: "ExportsTests",
            dependencies: [
                "DataFormats", "Datasets", "Exports", "Files", "Interchange", "Kernels", "Networks", "NumPyFiles",
                "Reports", "Specs", "TestSupport", "Training",
            ]),
        .testTarget(name: "ConfigurationTests", dependencies: ["Configuration"]),
        .testTarget(name: "MarkupTests", dependencies: ["Markup"]),
        .testTarget(name: "ScalesTests", dependencies: ["Scales"]),
        .testTarget(name: "TerminalUITests", dependencies: ["TerminalUI"]),
        .testTarget(
            name: "CursesTerminalTests", dependencies: ["CTerminal", "CursesTerminal", "TerminalUI", "TestSupport"]),
        .testTarget(
            name: "DashboardTests",
            dependencies: [
                "Configuration", "Dashboard", "DataFormats", "Datasets", "Files", "Kernels", "Networks", "Runs",
                "Search",
                "Searching", "Specs", "TerminalUI", "TestSupport", "Training",
            ],
            exclude: ["Golden"]),
        .testTarget(name: "SoakTests", dependencies: ["SoakParts", "TestSupport", "trainspotter"]),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "DataFormats", "Datasets", "Kernels", "NumPyFiles", "Reports", "Runs", "Specs", "TestSupport",
                "trainspotter",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
    ]
)

/// `make check` sets the variable, and a warning in our targets is an error. Elsewhere it is not: a newer compiler may
/// know more warnings.
if Context.environment["TRAINSPOTTER_STRICT"] != nil {
    for target in package.targets where target.type != .system {
        target.swiftSettings = (target.swiftSettings ?? []) + [.unsafeFlags(["-warnings-as-errors"])]
        target.cSettings = (target.cSettings ?? []) + [.unsafeFlags(["-Werror"])]
    }
}

/// `make fuzz` sets the variable: our own targets are then built for libFuzzer and AddressSanitizer, and the program that
/// libFuzzer drives is one more. A usual build has neither, and needs neither.
if Context.environment["TRAINSPOTTER_FUZZER"] != nil {
    package.targets += [
        .target(name: "CFuzzer", path: "Tests/Fuzz/CFuzzer"),
        .executableTarget(
            name: "fuzzer", dependencies: ["CFuzzer", "FuzzTargets"], path: "Tests/Fuzz/Fuzzer",
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]),
    ]
    for target in package.targets where target.type != .system {
        target.swiftSettings = (target.swiftSettings ?? []) + [.unsafeFlags(["-sanitize=fuzzer,address"])]
        target.cSettings = (target.cSettings ?? []) + [.unsafeFlags(["-fsanitize=fuzzer-no-link,address"])]
    }
}

/// `make sanitize` sets the variable: the code in C is also built for UndefinedBehaviorSanitizer, whose functions come with
/// AddressSanitizer's. Swift has no such sanitizer: it traps by itself.
if Context.environment["TRAINSPOTTER_UNDEFINED"] != nil {
    for target in package.targets where target.type != .system {
        target.cSettings = (target.cSettings ?? []) + [.unsafeFlags(["-fsanitize=undefined"])]
    }
}
