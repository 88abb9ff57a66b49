// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "trainspotter",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "trainspotter", targets: ["trainspotter"])],
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
        .target(name: "Kernels", dependencies: ["COpenBLAS", "CKernels"]),
        .target(name: "Specs"),
        .target(name: "Networks", dependencies: ["Specs", "Kernels"]),
        .target(name: "Datasets", dependencies: ["Kernels", "CZlib"], resources: [.copy("Resources/mnist")]),
        .target(name: "Training", dependencies: ["Networks", "Datasets"]),
        .target(name: "NumPyFiles", dependencies: ["CZlib"]),
        .target(name: "Interchange", dependencies: ["CZlib"]),
        .target(name: "CStore", linkerSettings: [.linkedLibrary("sqlite3")]),
        .target(
            name: "Experiments",
            dependencies: [
                "Kernels", "Training", "NumPyFiles", "Interchange", "CZlib", "CStore",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .target(name: "Configuration", dependencies: ["TOMLKit"]),
        .target(name: "TerminalUI"),
        .target(name: "CTerminal"),
        .target(name: "CursesTerminal", dependencies: ["TerminalUI", "CNcurses", "CTerminal"]),
        .target(name: "Dashboard", dependencies: ["Configuration", "TerminalUI", "Training", "Experiments"]),
        .executableTarget(
            name: "trainspotter",
            dependencies: [
                "Kernels", "Networks", "Datasets", "Training", "NumPyFiles", "Experiments", "TerminalUI",
                "Configuration", "CursesTerminal", "Dashboard",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .target(
            name: "TestSupport", dependencies: ["CZlib", "Datasets", "Interchange", "Kernels", "TerminalUI"],
            path: "Tests/TestSupport"
        ),
        .testTarget(name: "KernelsTests", dependencies: ["Kernels", "CKernels", "TestSupport"]),
        .testTarget(name: "SpecsTests", dependencies: ["Specs", "Kernels"]),
        .testTarget(name: "NetworksTests", dependencies: ["Networks", "TestSupport"], resources: [.copy("Fixtures")]),
        .testTarget(name: "DatasetsTests", dependencies: ["Datasets", "CZlib", "TestSupport"]),
        .testTarget(name: "TrainingTests", dependencies: ["Training", "TestSupport"], resources: [.copy("Fixtures")]),
        .testTarget(
            name: "NumPyFilesTests", dependencies: ["NumPyFiles", "CZlib", "TestSupport"],
            resources: [.copy("Fixtures")]),
        .testTarget(name: "InterchangeTests", dependencies: ["Interchange", "CZlib", "TestSupport"]),
        .testTarget(
            name: "ExperimentsTests",
            dependencies: [
                "Experiments", "Interchange", "NumPyFiles", "TestSupport",
                .product(name: "GRDB", package: "GRDB.swift"),
            ], resources: [.copy("Fixtures")]),
        .testTarget(name: "ConfigurationTests", dependencies: ["Configuration"]),
        .testTarget(name: "TerminalUITests", dependencies: ["TerminalUI", "TestSupport"]),
        .testTarget(name: "CursesTerminalTests", dependencies: ["CursesTerminal"]),
        .testTarget(
            name: "DashboardTests",
            dependencies: ["Configuration", "Dashboard", "Experiments", "Kernels", "TestSupport"],
            resources: [.copy("Golden")]),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "trainspotter", "Datasets", "Kernels", "Neural", "TestSupport",
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
