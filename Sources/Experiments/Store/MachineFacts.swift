import Foundation
import Kernels

/// Where a run was trained.
public struct MachineFacts: Sendable, Equatable {
    /// Workers that shared each step.
    public var threads: Int
    /// The processor that OpenBLAS has kernels for, such as `Zen`.
    public var blas: String
    public var host: String

    public init(threads: Int, blas: String, host: String) {
        self.threads = threads
        self.blas = blas
        self.host = host
    }

    /// This machine.
    public static func current(threads: Int) -> MachineFacts {
        MachineFacts(threads: threads, blas: BLASLibrary.core, host: hostName)
    }

    static let hostName = ProcessInfo.processInfo.hostName
}
