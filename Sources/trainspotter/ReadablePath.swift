import Foundation

/// Refuses a folder that exists but can't be read: its files would be reported as missing.
func refuseUnreadableFolder(_ path: String) throws(CommandFailure) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else { return }
    guard access(path, R_OK | X_OK) != 0 else { return }
    throw .usage("\(path): can't be read: \(String(cString: strerror(errno)))")
}
