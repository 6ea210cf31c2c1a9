/** Look of the console page; light and dark, readable on a phone. */
export const CONSOLE_STYLE = `
:root{color-scheme:light dark;--ink:light-dark(#241c15,#f4efe6);--soft:light-dark(#6b6257,#b5aa9c);
--line:light-dark(#e2dccf,#3d362e);--card:light-dark(#fff,#241f1a);--ground:light-dark(#fbf7ee,#17130f);--accent:#0b7a58}
*{box-sizing:border-box}body{margin:0;font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--ground)}
header{padding:1rem 1.5rem;background:#0b996e;color:#fff;display:flex;gap:1rem;align-items:baseline;flex-wrap:wrap}
header h1{font-size:1.2rem;margin:0}main{max-width:84rem;margin:0 auto;padding:1rem 1.5rem;display:grid;gap:1rem}
section{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1rem 1.25rem;overflow-x:auto}
h2{font-size:1rem;margin:0 0 .75rem}table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid var(--line);vertical-align:top;white-space:nowrap}
th{color:var(--soft);font-weight:600}td form{display:inline}form.row{display:flex;gap:.5rem;flex-wrap:wrap;align-items:end;margin:.5rem 0}
label{display:grid;gap:.15rem;font-size:.85rem;color:var(--soft)}
input,select{font:inherit;padding:.35rem .5rem;border:1px solid var(--line);border-radius:6px;background:transparent;color:inherit}
button{font:inherit;padding:.35rem .75rem;border:1px solid var(--accent);border-radius:6px;background:var(--accent);color:#fff;cursor:pointer}
td button{background:transparent;color:inherit;border-color:var(--line);padding:.1rem .5rem;font-size:.85rem}
nav{display:flex;gap:.75rem;flex-wrap:wrap}a{color:var(--accent)}.soft{color:var(--soft)}
.error{background:#fde2e1;color:#7a1210;padding:.5rem 1rem;border-radius:6px}
`;
