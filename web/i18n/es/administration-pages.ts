/** Textos de lo que hacen los administradores: el final de una conexión. */
export const administrationPages = {
  disconnect: {
    title: 'Desconectar',
    text: 'Se elimina el webhook en la plataforma, se olvidan las claves y ya no se transfiere nada. Todas las pruebas de consentimiento se conservan, y también lo último que se supo de ambos lados: si más adelante conecta la misma lista de correo, el conector sigue desde ahí.',
    button: 'Desconectar…',
    question: '¿Desconectar {{name}}?',
    warning: 'A partir de entonces, las bajas en la plataforma ya no llegan solas a onOffice.',
    audience: '¿Qué pasa con la lista de correo?',
    keep: 'Se queda como está',
    keepHint: 'Quienes están suscritos siguen suscritos y pueden recibir newsletters de la plataforma.',
    takeOut: 'Sacar a quienes el conector incluyó',
    takeOutHint:
      '{{put, number}} de {{active, number}} miembros activos; quien llegó de otro modo se queda. Se deshace al conectar de nuevo. Quien se dio de baja sigue de baja.',
    takeOutNotNow: 'No es posible en este momento: antes, la conexión necesita su atención.',
    confirm: 'Desconectar ahora',
    removed: 'La conexión se ha eliminado.',
    disconnected: 'La conexión ha terminado.',
    leaving: 'Se está sacando a los miembros; después terminará la conexión.',
    leavingTitle: 'Esta conexión está terminando',
    leavingText:
      'Se está sacando de la lista de correo a quienes el conector incluyó. Puede cerrar esta ventana. Las bajas siguen llegando a onOffice.',
    leavingProgress: '{{done, number}} de {{total, number}} fuera de la lista',
    endNow: 'Terminar ya',
    endNowQuestion: '¿Terminar sin sacar a los demás?',
    endNowText: 'Quienes aún no han salido se quedan en la lista de correo.',
    endedTitle: 'Esta conexión ha terminado',
    endedText:
      'Ya no se transfiere nada, y las bajas en la plataforma no llegan a onOffice. Aquí ve lo último que se supo de ambos lados; las pruebas de consentimiento se pueden seguir consultando.',
    again: 'Conectar de nuevo',
    againHint:
      'Elija otra vez la lista de correo «{{name}}» y el conector seguirá con lo que ya sabe. Primero verá una vista previa.',
  },
  privacy: {
    title: 'Protección de datos',
    hint: 'Para solicitudes de esta persona, en todas las conexiones de este cliente de onOffice.',
    export: 'Exportar todo lo guardado',
    exportHint: 'Un archivo (JSON) con todo lo que hay guardado sobre la persona: para una solicitud de acceso.',
    erase: 'Borrar…',
    eraseHint:
      'Saca a la persona de la lista de correo y borra todo lo guardado aquí. Queda una huella cifrada para que la dirección no se vuelva a suscribir nunca.',
    question: '¿Borrar todo sobre {{who}}?',
    effect:
      'Desde ahora la persona cuenta como dada de baja. Lo guardado aquí se borra de inmediato; del registro de consentimientos solo quedan huellas cifradas. No se puede deshacer.',
    crmFirst:
      'Mientras el contacto esté en onOffice, se volverá a leer con la próxima sincronización. Bórrelo allí si también se ha pedido.',
    atProvider: '¿Y en {{provider}}?',
    suppress: 'Dejarla como dada de baja (recomendado)',
    suppressHint: 'La plataforma conserva su ficha y no le envía nada.',
    delete: 'Borrar definitivamente',
    deleteCostMailchimp:
      'El precio: ni el conector ni una importación podrán volver a añadir la dirección; solo la propia persona puede volver, con un formulario de Mailchimp. Sus datos de campañas pasan a ser anónimos.',
    deleteCostBrevo:
      'El precio: el historial y el bloqueo se pierden en toda la cuenta de Brevo, en todas las listas. El conector no volverá a añadir la dirección, pero en Brevo nada impide que otros lo hagan.',
    confirm: 'Borrar ahora',
    done: 'Borrado',
    doneText: 'De esta persona aquí solo quedan huellas cifradas.',
    outcome: '{{account}} ({{provider}}): {{outcome}}',
    outcomes: {
      unsubscribed: 'dada de baja',
      deleted: 'borrada definitivamente',
      absent: 'no había nada que sacar',
      unreached: 'no se ha podido consultar; ocúpese de ello allí',
    },
    back: 'A los contactos',
    tenantTitle: 'Borrar todos los datos',
    tenantText:
      'Borra todo lo guardado sobre este cliente de onOffice: todas las conexiones, contactos, miembros, registros de actividad y el registro de consentimientos completo. Los contactos y las listas de correo en sí se quedan como están.',
    tenantButton: 'Borrar todos los datos…',
    tenantQuestion: '¿Borrar todo sobre {{name}}?',
    tenantOptOuts: 'Guarde antes las bajas: después nadie recordará aquí quién se dio de baja.',
    tenantDownload: 'Bajas en un archivo (CSV)',
    tenantName: 'Para confirmar, escriba el nombre: {{name}}',
    tenantConfirm: 'Borrar todo',
    tenantDone: 'Se han borrado todos los datos de {{name}}.',
    tenantHooksLeft:
      'Webhooks que no se pudieron eliminar en la plataforma: {{hooks, number}}. Elimínelos allí, por favor.',
  },
} as const;
