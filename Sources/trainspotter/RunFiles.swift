import Dashboard
import Runs

/// Saved runs for other programs, as the dashboard writes them: by the command `export`.
enum RunFiles {
    /// - Parameter path: a file, or a folder, that is not there yet.
    static func write(
        _ request: ExportRequest, to path: String, store: Result<String, StoreError>
    ) -> Result<[String], OpenedProblem> {
        do {
            let command = try ExportCommand.parse([
                "\(request.run)", "--format", format(request.format).rawValue, "--out", path, "--store",
                try store.get(),
            ])
            return .success(try command.files())
        } catch let failure as CommandFailure {
            return .failure(OpenedProblem(failure.message ?? "interrupted"))
        } catch {
            return .failure(OpenedProblem("\(error)"))
        }
    }

    private static func format(_ format: ExportRequest.Format) -> ExportCommand.Format {
        switch format {
        case .report: .html
        case .npz: .npz
        case .npy: .npy
        case .keras: .keras
        case .onnx: .onnx
        case .predictions: .predictions
        case .history: .csv
        }
    }
}
