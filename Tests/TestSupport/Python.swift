import Foundation

/// A Python that can import what a test needs: `TRAINSPOTTER_PYTHON` if it is set, else `python3` on the path.
package struct Python: Sendable {
    private let command: [String]
    private let environment: [String: String]

    /// With NumPy; nil where there is none.
    package static let withNumPy = find("import numpy")
    /// With NumPy and Pillow; nil where there is none.
    package static let withPillow = find("import numpy, PIL.Image, PIL.ImageOps")
    /// With ONNX's checker and onnxruntime; nil where there is none.
    package static let withONNXRuntime = findPackages(["numpy", "onnx", "onnxruntime"])
    /// With TensorBoard's readers; nil where there is none.
    package static let withTensorBoard = findPackages(["numpy", "tensorboard", "PIL"])
    /// With Keras and TensorFlow, JAX or PyTorch behind it; nil where there is none. Only looks for the packages, since
    /// importing them takes seconds.
    package static let withKeras = find(
        """
        import sys
        from importlib.util import find_spec
        backends = [name for name in ("tensorflow", "jax", "torch") if find_spec(name)]
        if not (find_spec("keras") and find_spec("numpy") and backends): sys.exit(1)
        print(backends[0], end="")
        """)

    /// With Keras as `withKeras`, and scikit-learn; nil where there is none.
    package static let withScikitLearn = findPackages(["sklearn"]) == nil ? nil : withKeras

    /// Only looks for the packages, as importing them takes long.
    private static func findPackages(_ names: [String]) -> Python? {
        let tests = names.map { "find_spec('\($0)')" }.joined(separator: " and ")
        return find("import sys\nfrom importlib.util import find_spec\nsys.exit(0 if \(tests) else 1)")
    }

    /// Why a test is skipped.
    package static func missing(_ module: String) -> String {
        "needs a Python with \(module), as python3 or named by TRAINSPOTTER_PYTHON"
    }

    private static func find(_ probe: String) -> Python? {
        let environment = ProcessInfo.processInfo.environment
        let program = environment["TRAINSPOTTER_PYTHON"].flatMap { $0.isEmpty ? nil : $0 } ?? "python3"
        var python = Python(command: ["/usr/bin/env", program], environment: environment)
        guard let result = try? python.run(["-c", probe]), result.status == 0 else { return nil }
        if !result.output.isEmpty {
            python = Python(
                command: python.command, environment: environment.merging(["KERAS_BACKEND": result.output]) { $1 })
        }
        return python
    }

    /// Runs it with its standard input empty, and waits for its end.
    ///
    /// - Throws: if it can't be started.
    package func run(_ arguments: [String]) throws -> Program.Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst()) + arguments
        process.environment = environment
        return try Program.finish(process)
    }
}
