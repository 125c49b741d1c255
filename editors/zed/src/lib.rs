//! Starts `etamil lsp` for Zed.

use zed_extension_api::{self as zed, settings::LspSettings, Command, LanguageServerId, Result, Worktree};

struct Etamil;

impl zed::Extension for Etamil {
    fn new() -> Self {
        Etamil
    }

    /// The program is the one on PATH; Zed's setting `lsp.etamil.binary` comes before it.
    fn language_server_command(&mut self, id: &LanguageServerId, worktree: &Worktree) -> Result<Command> {
        let binary = LspSettings::for_worktree(id.as_ref(), worktree).ok().and_then(|s| s.binary);
        let command = binary
            .and_then(|b| b.path)
            .or_else(|| worktree.which("etamil"))
            .ok_or("etamil PATH-இல் இல்லை; நிறுவுங்கள்  (etamil is not on PATH; install it)")?;
        Ok(Command { command, args: vec!["lsp".into()], env: worktree.shell_env() })
    }

    fn language_server_workspace_configuration(&mut self, id: &LanguageServerId, worktree: &Worktree) -> Result<Option<zed::serde_json::Value>> {
        let settings = LspSettings::for_worktree(id.as_ref(), worktree)?.settings.unwrap_or_default();
        Ok(Some(zed::serde_json::json!({ "etamil": settings })))
    }
}

zed::register_extension!(Etamil);
